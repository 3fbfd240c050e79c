// Ends a daemon that nobody uses. One timer, armed only while there is nobody, so that an idle daemon sleeps.

export interface IdleWatch {
  /** Called whenever clients come or go, or a run begins or ends. */
  update(isUsed: boolean): void;
  dispose(): void;
}

export function watchIdle(idleExitMs: number, onIdle: () => void): IdleWatch {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    update(isUsed) {
      if (isUsed) stop();
      else timer ??= setTimeout(onIdle, idleExitMs);
    },
    dispose: stop,
  };
}
