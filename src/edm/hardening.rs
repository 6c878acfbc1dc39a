//! Robustness of every public function against arbitrary text.
