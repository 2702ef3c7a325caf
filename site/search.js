// Filters the list of a page as you type: a row stays when it holds every word. Without it the list is complete.
'use strict';
const box = document.querySelector('input[type=search]');
const rows = [...document.querySelectorAll('[data-row]')];
const texts = rows.map(row => row.textContent.toLowerCase());
const count = document.querySelector('output');

function filter() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  rows.forEach((row, i) => {
    row.hidden = !words.every(word => texts[i].includes(word));
    shown += !row.hidden;
  });
  for (const part of document.querySelectorAll('[data-part]')) part.hidden = !part.querySelector('[data-row]:not([hidden])');
  count.textContent = words.length ? `${shown} of ${rows.length}` : '';
}

document.querySelector('.search').hidden = false;
box.addEventListener('input', filter);
filter();
