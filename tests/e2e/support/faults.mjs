// The faults that the local cloud commits on request, by where they strike.

/** In the answer to a finalization. */
export const result = (kind, more) => ({ at: "result", kind, ...more });

/** In the answer of the status endpoint. */
export const status = (kind, more) => ({ at: "status", kind, ...more });

export const times = (count, fault) => Array.from({ length: count }, () => fault);

/** More often than a finalization is sent, or than its status is asked. */
export const always = (fault) => times(20, fault);
