//! A coverage stub.
