// SPDX-License-Identifier: Apache-2.0

export interface StoryWords {
  head: string;
  rest: string;
}

// "What it is: what one will see", as the titles of stories are written in both languages.
export function storyWords(title: string): StoryWords {
  const [, head, rest] = /^([^：:]+)(?:：|: )(.+)$/u.exec(title) ?? [];
  return head && rest ? { head, rest: rest.charAt(0).toUpperCase() + rest.slice(1) } : { head: title, rest: '' };
}
