//! keyfolio-core
