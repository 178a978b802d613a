//! The data folder: used by one process at a time, and its database readable by one user only.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const DATABASE: &str = "local-cloud.sqlite";
const LOCK: &str = "local-cloud.lock";

/// A data folder that no other process uses until this is dropped.
pub struct DataFolder {
    pub database: PathBuf,
    /// The operating system releases the lock when the process ends, however it ends. It is not on the database: Windows would
    /// then refuse SQLite's own access.
    _lock: File,
}

impl DataFolder {
    /// Creates the folder and its files if they are missing.
    ///
    /// # Errors
    /// A message for the terminal, in one line.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let in_folder = |error: io::Error| format!("data folder {}: {error}", folder.display());
        let is_new = !folder.exists();
        create_private_folder(folder).map_err(in_folder)?;
        if is_new {
            hide_from_git(folder).map_err(in_folder)?;
        }
        let lock = open_private_file(&folder.join(LOCK)).map_err(in_folder)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => format!(
                "data folder {}: another local-cloud uses it; stop that one, or choose another folder with --data",
                folder.display()
            ),
            TryLockError::Error(error) => format!(
                "data folder {}: cannot be locked ({error}); choose a folder on a local disk with --data",
                folder.display()
            ),
        })?;
        let database = folder.join(DATABASE);
        open_private_file(&database).map_err(in_folder)?;
        make_private(&database)?;
        Ok(Self { database, _lock: lock })
    }
}

fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Keeps the key that signs tokens out of a commit. Only in a folder of our own: one that existed may have other files.
fn hide_from_git(folder: &Path) -> io::Result<()> {
    open_private_file(&folder.join(".gitignore"))?.write_all(b"*\n")
}

/// A new file is readable by the current user only.
fn open_private_file(file: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// The database contains the key that signs tokens, and so do SQLite's files beside it. It may have been copied here, or be
/// older than this rule.
#[cfg(unix)]
fn make_private(database: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    for suffix in ["", "-wal", "-shm"] {
        let mut file = database.as_os_str().to_owned();
        file.push(suffix);
        let file = PathBuf::from(file);
        let Ok(metadata) = fs::metadata(&file) else {
            continue;
        };
        if metadata.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).map_err(|error| {
                format!(
                    "{}: other users can access it, and its mode cannot be changed ({error}); run chmod 600 as its owner",
                    file.display()
                )
            })?;
            eprintln!("local-cloud: {}: other users could access it; its mode is 600 now", file.display());
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private(_: &Path) -> Result<(), String> {
    Ok(())
}
