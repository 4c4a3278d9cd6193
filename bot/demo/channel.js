// Clicks wait for the page. SimCord's page drops what is pressed while it is at something, and what is pressed on a
// message that it draws anew before the button is let go. Either is pressed again, once the page takes it.
"use strict";

const LOOK = 50;  // milliseconds
const CONTROLS = ".channel-message button[data-control-key], .channel-message .select-option";

/** @type {string | null} what the pointer went down on */
let pressed = null;
/** @type {string | null} what is clicked once the page is done; the last of several */
let waiting = null;

/** @param {EventTarget | null} target */
const control = (target) => (target instanceof Element ? target.closest(CONTROLS) : null);
/** @param {Element | null} element */
const name = (element) => element && (element.id || element.dataset.controlKey);

function busy() {
  const page = window.simcordPreview;
  return Boolean(page.pendingAction) || page.awaitingRevision > page.publishedRevision;
}

function again() {
  if (busy()) {
    setTimeout(again, LOOK);
    return;
  }
  const wanted = waiting;
  waiting = null;
  [...document.querySelectorAll(CONTROLS)].find((element) => name(element) === wanted)?.click();
}

document.addEventListener("pointerdown", (event) => { pressed = name(control(event.target)); }, true);
document.addEventListener("click", (event) => {
  if (!event.isTrusted) return;
  const clicked = name(control(event.target));
  const replaced = clicked === null && pressed !== null
    && name(control(document.elementFromPoint(event.clientX, event.clientY))) === pressed;
  if (!replaced && (clicked === null || !busy())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const idle = waiting === null;
  waiting = clicked ?? pressed;
  if (idle) again();
}, true);
