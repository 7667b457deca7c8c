/* Open a page in the form, enter every field, and then change two sentences and save. */
async (pad) => {
  const even = (milliseconden) => new Promise((verder) => setTimeout(verder, milliseconden));
  const alle = (kiezer) => [...document.querySelectorAll(kiezer)];
  const veld = (naam, kiezer) => document.querySelector(`[data-key-path=${naam}] ${kiezer}`);
  const opslaan = () => alle('button').find((knop) => knop.textContent.trim() === 'Opslaan');
  const totDat = async (wat) => {
    for (let keer = 0; keer < 2000; keer += 1) {
      if (wat()) return;
      await even(15);
    }
    const meldingen = alle('[role=alert]').map((melding) => melding.textContent);
    throw new Error(`${pad}: ${wat} ${meldingen}`);
  };
  const gevuld = new Promise((verder) => {
    document.addEventListener('Update', verder, { capture: true, once: true });
  });

  // Drawing is most of the work, and is not what is looked at.
  for (const stijl of document.styleSheets) stijl.disabled = true;
  const [map, naam] = pad.replace('.md', '').split('/').slice(-2);
  location.hash = `#/collections/${map}/entries/${naam}`;
  await gevuld;
  await totDat(() => veld('meer', 'button'));
  const dicht = () => alle('[data-key-path] button[aria-expanded=false][aria-controls]')
    .filter((knop) => knop.ariaLabel === 'Uitvouwen' && !knop.ariaHasPopup);
  while (dicht().length) {
    dicht().forEach((knop) => knop.click());
    await even(30);
  }
  const invoer = 'input, textarea, [contenteditable=true], [role=combobox], button';
  const plekken = alle('[data-key-path]').map((groep) => groep.querySelector(invoer));
  plekken.forEach((plek) => plek?.focus({ preventScroll: true }));
  document.activeElement.blur();
  await even(30);
  const onaangeraakt = opslaan().disabled;

  const vak = veld('samenvatting', 'textarea');
  vak.value += ' Erbij.';
  vak.dispatchEvent(new InputEvent('input', { bubbles: true }));
  const editor = veld('body', '[contenteditable]').__lexicalEditor;
  const zinnen = [...editor.getEditorState()._nodeMap.values()]
    .filter((stuk) => stuk.__type === 'text' && stuk.__text.trim().length > 3);
  const zin = zinnen[pad.length % zinnen.length];
  if (zin) {
    editor.update(() => zin.setTextContent(`${zin.getTextContent().trimEnd()} en zo`));
    await totDat(() => veld('body', 'textarea').value.includes(' en zo'));
  }
  await totDat(() => !opslaan().disabled);
  opslaan().click();
  await totDat(() => opslaan()?.disabled);
  return { velden: plekken.filter(Boolean).length, onaangeraakt, veranderd: zin ? 2 : 1 };
}
