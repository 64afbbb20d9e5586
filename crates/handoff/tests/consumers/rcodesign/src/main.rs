//! Reads each file named on the command line as rcodesign does and signs a token with it. One line per file: its
//! path, a tab, and the token or why there is none.

use app_store_connect::{ConnectTokenEncoder, UnifiedApiKey};

fn main() {
    for path in std::env::args().skip(1) {
        let key = UnifiedApiKey::from_json_path(&path).and_then(ConnectTokenEncoder::try_from);
        let said = key.and_then(|key| key.new_token(300)).unwrap_or_else(|error| format!("refused: {error}"));
        println!("{path}\t{}", said.replace(['\n', '\t'], " "));
    }
}
