// SPDX-License-Identifier: Apache-2.0

import { ref } from 'vue';

const narrow = matchMedia('(max-width: 720px)');

export const isPhone = ref(narrow.matches);
narrow.addEventListener('change', (event) => {
  isPhone.value = event.matches;
});
