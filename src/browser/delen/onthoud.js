/**
 * Remember what was promised for an address; what failed is asked again the next time.
 * @template T
 * @template {any[]} R
 * @param {(adres: string, ...rest: R) => Promise<T>} haal
 * @returns {(adres: string, ...rest: R) => Promise<T>}
 */
export function onthoud(haal) {
  /** @type {Map<string, Promise<T>>} */
  const beloften = new Map();
  return (adres, ...rest) => {
    const eerder = beloften.get(adres);
    if (eerder) return eerder;
    const belofte = haal(adres, ...rest);
    belofte.catch(() => beloften.delete(adres));
    beloften.set(adres, belofte);
    return belofte;
  };
}
