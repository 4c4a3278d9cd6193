// Presses are not lost. SimCord's page drops what is clicked while it is at something; and what is drawn anew before the
// button is let go gets no click at all. Either is clicked again, once the page takes it.
"use strict";

const LOOK = 50;  // milliseconds between two looks whether the page is done
const LATE = 150;  // milliseconds after a press in which its click may come
const STILL = 8;  // pixels that a pointer may move and still press
const CONTROLS = ".channel-message button[data-control-key], .channel-message .select-option";

/** @type {{name: string, x: number, y: number} | null} where the pointer went down on a control, until it is clicked */
let pressed = null;
/** @type {string | null} what is clicked once the page is done; the last of several */
let waiting = null;

/** @param {EventTarget | null} target @returns {string | null} */
function control(target) {
  const element = target instanceof Element ? target.closest(CONTROLS) : null;
  return element && (element.id || element.dataset.controlKey);
}

function busy() {
  const page = window.simcordPreview;
  return Boolean(page.pendingAction) || page.awaitingRevision > page.publishedRevision;
}

/** @param {string} name */
function clickOnceDone(name) {
  const idle = waiting === null;
  waiting = name;
  if (idle) look();
}

function look() {
  if (busy()) {
    setTimeout(look, LOOK);
    return;
  }
  const name = waiting;
  waiting = null;
  [...document.querySelectorAll(CONTROLS)].find((element) => control(element) === name)?.click();
}

document.addEventListener("pointerdown", (event) => {
  const name = event.button === 0 ? control(event.target) : null;
  pressed = name && { name, x: event.clientX, y: event.clientY };
}, true);
document.addEventListener("pointerup", (event) => {
  const press = pressed;
  if (!press || Math.hypot(event.clientX - press.x, event.clientY - press.y) > STILL) return;
  setTimeout(() => {
    if (pressed !== press) return;
    pressed = null;
    clickOnceDone(press.name);
  }, LATE);
}, true);
document.addEventListener("click", (event) => {
  if (!event.isTrusted) return;
  const name = control(event.target);
  if (name === null) return;
  pressed = null;
  if (!busy()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  clickOnceDone(name);
}, true);
