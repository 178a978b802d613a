// The faults that the local cloud injects on request, by endpoint.

/** In the response to a finalization. */
export const result = (kind, more) => ({ at: "result", kind, ...more });

/** In the response of the status endpoint. */
export const status = (kind, more) => ({ at: "status", kind, ...more });

export const times = (count, fault) => Array.from({ length: count }, () => fault);

/** More often than the number of finalizations or status queries. */
export const always = (fault) => times(20, fault);
