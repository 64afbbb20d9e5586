//! One way to declare the closed sets of words in which tokens, answers and tools are spoken of, here and in the rooms above.

/// Declares a set of codes once: the variants, their text in data, their order.
#[doc(hidden)]
#[macro_export]
macro_rules! codes {
    ($(#[$about:meta])* $set:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $set { $($(#[$doc])* #[serde(rename = $code)] $variant,)+ }

        impl $set {
            /// Every code of the set, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as written in data and in the words of the interface.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }
    };
}
