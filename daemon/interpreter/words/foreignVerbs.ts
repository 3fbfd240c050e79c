// Verbs of other languages that slip into an English order: English verbs with a German ending ("rebooten", "stoppen"),
// and the commonest infinitives. Each is one verb of the language; no noun and no name is read so. Called by `repair`
// and before anything is looked up.

import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** verb of the language → words between bars. */
const told: Readonly<Record<string, string>> = {
  restart: 'neustarten|durchstarten|redemarrer|redémarrer|relancer|reiniciar|zrestartuj|riavviare|herstarten',
  start: 'hochfahren|einschalten|anschalten|demarrer|démarrer|arrancar|iniciar|uruchom|avviare|encender',
  stop: 'herunterfahren|runterfahren|ausschalten|abschalten|anhalten|arreter|arrêter|detener|parar|zatrzymaj|fermare',
  scale: 'skalieren|hochskalieren|runterskalieren|escalar',
  resize: 'vergrößern|vergroessern|verkleinern|agrandir|ampliar',
  delete: 'löschen|loeschen|supprimer|borrar|eliminar|excluir|usun|usuń|eliminare',
  create: 'anlegen|erstellen|creer|créer|crear|criar|utworz|utwórz|creare',
  attach: 'anhängen|anhaengen|attacher|adjuntar',
  detach: 'aushängen|aushaengen|abhängen|detacher|détacher',
  migrate: 'migrieren|umziehen|verschieben|migrar|migrer',
  approve: 'genehmigen|freigeben|approuver|aprobar|aprovar',
  cancel: 'abbrechen|stornieren|annuler|cancelar',
  open: 'öffnen|oeffnen|ouvrir',
  close: 'schließen|schliessen|fermer|cerrar|fechar',
};
const foreign: ReadonlyMap<string, string> = new Map(
  Object.entries(told).flatMap(([verb, words]) =>
    words.split('|').map((one): [string, string] => [one, verb]),
  ),
);

/** The verb that a word of another language stands for. */
export function foreignVerb(low: string, lexicon: Lexicon): string | undefined {
  const known = foreign.get(low);
  if (known !== undefined || !/^[a-z]{3,}e?n$/.test(low)) return known;
  const isVerb = (word: string): boolean =>
    word.length > 2 &&
    lexicon
      .starting(word)
      .some(
        ({ words, senses }) =>
          words.length === 1 && senses.some((one) => one.t === 'verb' && one.form === 'base'),
      );
  const stem = low.slice(0, -2);
  const single = stem.at(-1) === stem.at(-2) ? [stem.slice(0, -1)] : [];
  return low.endsWith('en') ? [stem, ...single, `${stem}e`].find(isVerb) : undefined;
}

/** "neu starten": two words for one. */
export function withForeign(tokens: readonly Token[]): readonly Token[] {
  const isNew = (at: number): boolean =>
    tokens[at]?.low === 'neu' && /^(starten|gestartet|booten|start)$/.test(tokens[at + 1]?.low ?? '');
  if (!tokens.some((_, at) => isNew(at))) return tokens;
  return tokens.flatMap((token, at) => {
    if (isNew(at)) return [];
    return [isNew(at - 1) ? { ...token, low: 'restart', start: tokens[at - 1]!.start } : token];
  });
}
