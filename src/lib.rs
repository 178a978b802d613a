//! Runs the last mile of an approval.
