//! Whether a Windows program is fit to be handed out, read from the program file itself.

use std::fs;
use std::path::Path;

use crate::process::{Outcome, Tool};

/// Protections that Windows gives only to programs that ask for them.
/// <https://learn.microsoft.com/en-us/windows/win32/debug/pe-format#dll-characteristics>
const PROTECTIONS: [&str; 3] = ["HIGH_ENTROPY_VA", "DYNAMIC_BASE", "NX_COMPAT"];

/// Libraries of every Windows 10 that Keyfolio uses, besides those whose names begin with `api-ms-win-`.
const OF_WINDOWS: [&str; 28] = [
    "advapi32",
    "bcrypt",
    "bcryptprimitives",
    "combase",
    "comctl32",
    "comdlg32",
    "crypt32",
    "dwmapi",
    "gdi32",
    "imm32",
    "kernel32",
    "ktmw32",
    "msvcrt",
    "ntdll",
    "ole32",
    "oleaut32",
    "propsys",
    "rpcrt4",
    "secur32",
    "shell32",
    "shlwapi",
    "user32",
    "userenv",
    "uxtheme",
    "version",
    "winmm",
    "ws2_32",
    "winspool",
];

/// What the program's manifest asks of Windows: sharp text on every screen, today's controls.
/// <https://learn.microsoft.com/en-us/windows/win32/sbscs/application-manifests>
const REQUESTS: [&str; 2] = ["PerMonitorV2", "Microsoft.Windows.Common-Controls"];

/// Fails when it opens a console, goes without a protection or a manifest, or needs a library that is neither Windows' nor packed.
pub(super) fn judge(program: &Path) -> Outcome {
    let said = Tool::new("x86_64-w64-mingw32-objdump").arg("-p").arg(program).read()?;
    let mut complaints = complaints(&String::from_utf8_lossy(&said));
    let bytes = fs::read(program).map_err(|error| format!("could not read {}: {error}", program.display()))?;
    complaints.extend(unasked(&bytes));
    if complaints.is_empty() { Ok(()) } else { Err(format!("{}: {}", program.display(), complaints.join("; "))) }
}

fn unasked(program: &[u8]) -> impl Iterator<Item = String> {
    let unasked = |request: &&str| !program.windows(request.len()).any(|part| part == request.as_bytes());
    REQUESTS.into_iter().filter(unasked).map(|request| format!("its manifest does not ask for {request}"))
}

fn complaints(said: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !said.lines().any(|line| line.starts_with("Subsystem") && line.contains("(Windows GUI)")) {
        found.push("it opens a console".to_owned());
    }
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    let unprotected = PROTECTIONS.into_iter().filter(|protection| !lines.contains(protection));
    found.extend(unprotected.map(|protection| format!("it goes without {protection}")));
    let libraries = lines.iter().filter_map(|line| line.strip_prefix("DLL Name: ")).map(str::to_lowercase);
    let strange = libraries.filter(|library| {
        let name = library.trim_end_matches(".dll");
        !(name.starts_with("api-ms-win-") || name == "webview2loader" || OF_WINDOWS.contains(&name))
    });
    found.extend(strange.map(|library| format!("it needs {library}, which Windows does not have")));
    found
}

#[cfg(test)]
mod tests {
    use super::{complaints, unasked};

    const GOOD: &str = "Subsystem\t\t00000002\t(Windows GUI)\nDllCharacteristics\t00000160\n\t\t\t\t\tHIGH_ENTROPY_VA\n\
                        \t\t\t\t\tDYNAMIC_BASE\n\t\t\t\t\tNX_COMPAT\n\tDLL Name: KERNEL32.dll\n\
                        \tDLL Name: api-ms-win-core-synch-l1-2-0.dll\n\tDLL Name: WebView2Loader.dll\n";

    #[test]
    fn a_fit_program_draws_no_complaint() {
        assert_eq!(complaints(GOOD), Vec::<String>::new());
    }

    #[test]
    fn each_shortcoming_is_named() {
        let bad = GOOD.replace("2\t(Windows GUI)", "3\t(Windows CUI)").replace("NX_COMPAT", "");
        let bad = bad.replace("KERNEL32", "libgcc_s_seh-1");
        assert_eq!(
            complaints(&bad),
            [
                "it opens a console",
                "it goes without NX_COMPAT",
                "it needs libgcc_s_seh-1.dll, which Windows does not have"
            ]
        );
    }

    #[test]
    fn a_manifest_without_a_request_is_named() {
        let found: Vec<_> = unasked(b"<x>Microsoft.Windows.Common-Controls</x>").collect();
        assert_eq!(found, ["its manifest does not ask for PerMonitorV2"]);
    }
}
