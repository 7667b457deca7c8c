/** Where the site lies: its root, from the address of the script, so that any sub-path works. */
export const wortel = new URL(import.meta.url.replace(/(.*)assets\/js\/.*/, '$1'));
