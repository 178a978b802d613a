//! Drives a call: a future that is its own waker.
//!
//! `spawn_local` of wasm-bindgen-futures also has a queue, which takes 1,544 bytes (brotli), and polls first in a microtask.
//! Here a future runs synchronously up to its first `await`, because Safari ties the prompt to the click.

use std::cell::RefCell;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

#[cfg(target_feature = "atomics")]
compile_error!("the executor's tasks must stay on one thread: see the SAFETY comment below");

struct Task {
    future: RefCell<Pin<Box<dyn Future<Output = ()>>>>,
}

// SAFETY: a `Waker` must be `Send` and `Sync`, and so must what it is made of. The target has no threads (a target that has
// them has atomics, and does not compile this file), so no `Task` is ever sent to or shared with one.
unsafe impl Send for Task {}
unsafe impl Sync for Task {}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let waker = Waker::from(self.clone());
        // Promises wake a future from a microtask, never during a poll, so this borrow does not panic.
        let _ = self.future.borrow_mut().as_mut().poll(&mut Context::from_waker(&waker));
    }
}

/// Runs a future synchronously up to its first `await`, and the rest as the promises that it awaits settle.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    Arc::new(Task { future: RefCell::new(Box::pin(future)) }).wake();
}
