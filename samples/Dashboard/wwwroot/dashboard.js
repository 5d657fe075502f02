// Brings what is live on the page up to date whenever the dashboard has looked at the fleet again: it fetches the page that is shown, and
// takes over the parts that changed. Without this file every page is whole, and stands still.
'use strict';

const offline = document.getElementById('offline');
const pause = 1000;
let isBusy = false;
let isLate = false;

function take(part, newer) {
  const selection = getSelection();
  if (part.innerHTML === newer.innerHTML || (!selection.isCollapsed && part.contains(selection.anchorNode))) {
    return;
  }

  // Whoever reads with the keyboard stays where they are, and what is open stays open.
  const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  const open = [...part.querySelectorAll('details[open]')].map(details => details.id);
  part.replaceChildren(...newer.childNodes);
  open.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
  if (focused !== null) {
    [...part.querySelectorAll('a[href]')].find(link => link.getAttribute('href') === focused)?.focus({ preventScroll: true });
  }
}

async function refresh() {
  if (isBusy || document.hidden) {
    isLate = true;
    return;
  }

  isBusy = true;
  isLate = false;
  try {
    const response = await fetch(location.href);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const newer = page.getElementById(part.id);
      if (newer) {
        take(part, newer);
      }
    }

    document.title = page.title;
  } catch {
    offline.hidden = false;
  } finally {
    setTimeout(() => {
      isBusy = false;
      if (isLate) {
        refresh();
      }
    }, pause);
  }
}

if (document.querySelector('[data-live]')) {
  const events = new EventSource('/events');
  events.addEventListener('look', () => {
    offline.hidden = true;
    refresh();
  });
  events.addEventListener('error', () => {
    offline.hidden = false;
  });
  document.addEventListener('visibilitychange', () => isLate && refresh());
}

// The button stays for whoever has no script.
document.querySelector('.filter select')?.addEventListener('change', event => event.target.form.requestSubmit());
