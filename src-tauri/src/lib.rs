//! keyfolio-shell
