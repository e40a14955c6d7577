'use strict';
for (const picture of document.querySelectorAll('.picture')) {
  const compare = picture.querySelector('.compare');
  const slider = picture.querySelector('.slider');
  const tag = picture.querySelector('.tag.start');
  const choice = picture.querySelector('.choice');
  const photograph = picture.closest('.photograph');
  const title = photograph.querySelector('h2').textContent;

  const show = () => {
    compare.style.setProperty('--at', slider.value + '%');
    slider.setAttribute('aria-valuetext', Math.round(slider.value) + ' % ' + tag.textContent.toLowerCase());
  };

  // The original stands in the page once for all pairs of its photograph.
  const addOriginal = () => {
    const original = photograph.querySelector('.original').cloneNode();
    original.className = 'left';
    original.dataset.is = 'Original';
    compare.querySelector('.left').after(original);
  };

  const choose = which => {
    if (which === 'Original' && !compare.querySelector('[data-is="Original"]')) addOriginal();
    for (const image of compare.querySelectorAll('.left')) image.hidden = image.dataset.is !== which;
    tag.textContent = which;
    slider.setAttribute('aria-label', `${title}: how much of the picture on the left (${which.toLowerCase()}) to show, in percent`);
    show();
  };

  // The native slider wants its (invisible) thumb dragged, and allows for the thumb's width. Here the line goes exactly where the pointer is.
  let held = null;
  const follow = event => {
    const box = compare.getBoundingClientRect();
    held = 100 * (event.clientX - box.left) / box.width;
    slider.value = held;
    show();
  };
  const release = () => { held = null; };

  slider.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    event.preventDefault();
    slider.focus({ preventScroll: true });
    slider.setPointerCapture(event.pointerId);
    follow(event);
  });
  slider.addEventListener('pointermove', event => {
    if (held !== null) follow(event);
  });
  slider.addEventListener('pointerup', release);
  slider.addEventListener('pointercancel', release);
  slider.addEventListener('input', () => {
    if (held !== null) slider.value = held;
    show();
  });
  choice.addEventListener('change', event => choose(event.target.value));

  slider.hidden = false;
  choice.hidden = false;
  choose(compare.querySelector('.left').dataset.is);
}
