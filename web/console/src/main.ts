// SPDX-License-Identifier: Apache-2.0

import 'element-plus/es/components/base/style/css';
import 'element-plus/es/components/drawer/style/css';
import 'element-plus/es/components/popover/style/css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/element.css';
import './styles/print.css';

import { createApp } from 'vue';
import { doorkeeper } from './account/door';
import { followRegionNames } from './account/region_names';
import { readSession } from './account/session';
import { keepDoor } from './api/client';
import App from './App.vue';
import { followAddress } from './state/address';
import { applySettings } from './state/settings';

applySettings();
followAddress();
keepDoor(doorkeeper);
followRegionNames();
void readSession();
createApp(App).mount('#app');
