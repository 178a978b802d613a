//! The command `local-cloud`. All else is a library, so that fuzz targets reach the parsers.

use std::process::ExitCode;

fn main() -> ExitCode {
    local_cloud::main()
}
