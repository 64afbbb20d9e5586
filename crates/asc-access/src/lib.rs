//! asc-access
