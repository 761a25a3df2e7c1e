// SPDX-License-Identifier: Apache-2.0
//
// The shapes of openapi/suyuan.yaml that the console reads.

export type Direction = 'back' | 'forward' | 'full';
export type Half = 'back' | 'forward';
export type StockStatus = 'on_hand' | 'in_transit' | 'closed' | 'negative' | 'unknown';
export type MoveKind = 'shipment' | 'stated' | 'in_transit' | 'inferred' | 'ride' | 'process' | 'same_as' | 'part_of';
export type SeedKind = 'item' | 'lot' | 'container' | 'paper' | 'vehicle' | 'person' | 'operator' | 'site';
export type SearchKind = 'item' | 'operator' | 'site' | 'vehicle' | 'person' | 'paper' | 'product' | 'region';
export type ItemKind = 'class' | 'lot' | 'instance' | 'container' | 'site' | 'party' | 'document' | 'foreign';
export type Moment = string | null;

export interface Interval {
  first: Moment;
  last: Moment;
}

export interface Quantity {
  amount: string;
  unit: string | null;
}

export interface Item {
  code: string;
  kind: ItemKind;
  name: string | null;
  gtin: string | null;
  lot: string | null;
  serial: string | null;
}

export interface Place {
  code: string;
  name: string | null;
  is_stub: boolean;
}

export interface Position {
  key: string;
  item: Item | null;
  owner: Place | null;
  site: Place | null;
}

export interface Balance {
  unit: string | null;
  created: string;
  produced: string;
  received: string;
  shipped: string;
  in_transit: string;
  sold: string;
  used: string;
  destroyed: string;
  left: string;
  on_hand: string;
  unexplained: string;
}

export interface EventReference {
  record: number;
  event_id: string | null;
  hash_id: string;
  biz_step: string | null;
  papers: string[];
  time: Interval;
  record_time: Moment;
}

export interface Move {
  number: number;
  kind: MoveKind;
  from: Position;
  to: Position;
  leave: Interval;
  arrive: Interval;
  quantity: Quantity | null;
  carrier: Item | null;
  is_certain: boolean;
  is_skewed: boolean;
  is_in_transit: boolean;
  is_all_to_all: boolean;
  is_timeless: boolean;
  events: EventReference[];
}

export interface StockPosition extends Position {
  status: StockStatus;
  is_blocked: boolean;
  balances: Balance[];
}

export interface ReachedPosition extends StockPosition {
  // Code of the region of the site, else of the owner.
  region: string | null;
  possible: Moment;
  certain: Moment;
  is_certain: boolean;
  is_seed: boolean;
  hops: number;
  explained_by: number | null;
  // Of the first step beyond what may be seen: what to tell of it.
  beyond: BothLanguages | null;
}

export interface Part {
  positions: ReachedPosition[];
  moves: Move[];
}

export interface Touched extends Place {
  region: string | null;
  first: Moment;
  last: Moment;
}

export interface Reading {
  kind: SeedKind;
  code: string;
  name: string | null;
  has_events: boolean;
}

export type OpenEndKind =
  | 'unknown_supplier'
  | 'unconfirmed_supplier'
  | 'in_transit'
  | 'negative_stock'
  | 'skewed_clocks'
  | 'two_containers'
  | 'conflict'
  | 'missing_time'
  | 'all_to_all';

export interface OpenEnd {
  kind: OpenEndKind;
  position: Position;
  event: EventReference | null;
}

export interface Violation {
  position: Position;
  event: EventReference;
  block_event: EventReference;
  is_possible: boolean;
}

export interface Totals {
  positions: number;
  back_positions: number;
  forward_positions: number;
  moves: number;
  sources: number;
  operators: number;
  sites: number;
  vehicles: number;
  people: number;
  open_ends: number;
  violations: number;
}

export interface Region {
  code: string;
  name: string | null;
  parent: string | null;
}

export interface Answer {
  text: string;
  seed: Reading;
  other_readings: Reading[];
  question: {
    direction: Direction;
    owner: Place | null;
    site: Place | null;
    from: Moment;
    to: Moment;
    as_of: Moment;
    escalate: boolean;
  };
  cut_off: Moment;
  digest: string;
  seconds: number;
  totals: Totals;
  balances: Balance[];
  page: { first: number; positions: number; rows: number; cursor: string; next: string | null };
  parts: { back: Part | null; forward: Part | null };
  sources: Position[];
  // Those that rows name, and all that they lie in.
  regions: Region[];
  operators: Touched[];
  sites: Touched[];
  vehicles: Touched[];
  people: Touched[];
  open_ends: OpenEnd[];
  violations: Violation[];
}

export interface BothLanguages {
  zh: string;
  en: string;
}

export interface Explanation {
  digest: string;
  part: Half;
  position: ReachedPosition;
  start: Position;
  steps: { number: number; move: Move; sentence: BothLanguages }[];
  summary: BothLanguages;
}

export type FactKind =
  | 'create'
  | 'depart'
  | 'arrive'
  | 'input'
  | 'output'
  | 'sink'
  | 'sight'
  | 'count'
  | 'pack'
  | 'unpack'
  | 'unpack_all'
  | 'block'
  | 'release'
  | 'clean_break'
  | 'part_of'
  | 'same_as'
  | 'not_same_as';

export interface Fact {
  kind: FactKind;
  sink: 'sold' | 'used' | 'destroyed' | 'left' | null;
  item: Item | null;
  other: Item | null;
  owner: Place | null;
  site: Place | null;
  peer_owner: Place | null;
  peer_site: Place | null;
  quantity: Quantity | null;
  is_return: boolean;
  is_effective: boolean;
  event: EventReference;
}

export interface Facts {
  rows: Fact[];
  total: number;
  next: string | null;
}

export interface PositionPage extends StockPosition {
  facts: Facts;
}

export interface ItemPage {
  item: Item;
  // null: not opened to whoever asks, as the following.
  position_count: number | null;
  positions: StockPosition[] | null;
  facts: Facts | null;
}

export interface StockRow extends Position {
  disposition: 'available' | 'blocked';
  amount: string;
  unit: string | null;
}

// What the registry holds: an operator has a kind, a site an operator and an address.
export interface Registered {
  name: string | null;
  region: string | null;
  // Names from the widest region to this one.
  region_path: string | null;
  kind?: string | null;
  operator?: string | null;
  address?: string | null;
  latitude?: string | null;
  longitude?: string | null;
}

export interface PlacePage extends Place {
  registered: Registered | null;
  // null: not opened to whoever asks.
  stock: { rows: StockRow[]; next: string | null; covered_log_index: number } | null;
  facts: Facts | null;
}

export interface RegisteredPaper {
  number: string;
  kind: string | null;
  issuer: string | null;
  issuer_name: string | null;
  holder: string | null;
  holder_name: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

export interface RegisteredVehicle {
  plate: string;
  operator: string | null;
  operator_name: string | null;
}

export interface RegisteredPerson {
  id: string;
  operator: string | null;
  operator_name: string | null;
  name: string | null;
  phone: string | null;
  title: string | null;
  history: PersonDays[];
  has_more_history: boolean;
}

// Some days of somebody at work.
export interface PersonDays {
  operator: string | null;
  operator_name: string | null;
  title: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

export interface SearchHit {
  kind: SearchKind;
  code: string;
  name: string | null;
  is_exact: boolean;
  event_count: number;
}

export interface SearchPage {
  hits: SearchHit[];
  next: string | null;
}

// An EPCIS event as it was sent; only what the drawer shows has a type.
export interface KeptEvent {
  type: string;
  eventTime?: string;
  action?: string;
  bizStep?: string;
  disposition?: string;
  readPoint?: { id: string };
  bizLocation?: { id: string };
  bizTransactionList?: { type?: string; bizTransaction: string }[];
  [member: string]: unknown;
}

export interface RecordPage {
  record: number;
  log_index: number;
  record_time: string;
  submitter: string;
  event_id: string | null;
  hash_id: string;
  is_conflict: boolean;
  is_void: boolean;
  is_possible_duplicate: boolean;
  event: KeptEvent;
}

export interface Stats {
  events: number;
  record_time: Moment;
  items: number;
  operators: number;
  sites: number;
  papers: number;
}

export interface Story {
  title_zh: string;
  title_en: string;
  code: string;
  path: string;
}

export interface SheetColumn extends BothLanguages {
  key: string;
  is_required: boolean;
}

// A kind of file that can be imported.
export interface Sheet extends BothLanguages {
  key: string;
  columns: SheetColumn[];
}

export type ImportState = 'uploading' | 'ready' | 'checking' | 'publishing' | 'done' | 'refused' | 'stopped' | 'failed';

export interface RowProblem extends BothLanguages {
  worksheet: string | null;
  row: number;
  column: string | null;
  value: string;
}

export interface FileImport {
  id: string;
  file_name: string;
  size: number;
  received: number;
  state: ImportState;
  sheet: string | null;
  rows: number;
  good_rows: number;
  bad_rows: number;
  stored: number;
  duplicates: number;
  conflicts?: number;
  registry_rows?: number;
  bytes_read: number;
  bytes_total: number;
  created_at: string;
  finished_at: string | null;
  problems: RowProblem[];
  warnings?: RowProblem[];
  unused_columns?: string[];
  has_fault_file: boolean;
  error: BothLanguages | null;
}

export interface FileImports {
  imports: FileImport[];
  next: string | null;
}

export interface ImportPreview {
  format: 'csv' | 'xlsx';
  encoding: string | null;
  worksheets: string[];
  worksheet: string | null;
  titles: string[];
  titles_row: number;
  rows: string[][];
  sheet: string | null;
  columns: { title: string; column: string | null }[];
  is_remembered: boolean;
  problem: BothLanguages | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: { pointer?: string; parameter?: string; detail: string }[];
}
