//! Rules, words and migrations are compiled in: a new file among them is a reason to build anew.

fn main() {
    for folder in ["policies", "locales", "migrations"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
