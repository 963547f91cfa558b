//! Shipped rules keep the contract; their tests show that they do what they say.

use sekisho::policy::{Catalog, Keeper, test_run};

#[test]
fn every_shipped_rule_passes_its_tests() {
    let report = test_run(&[]).unwrap();
    let faults: Vec<String> = report
        .rules
        .iter()
        .flat_map(|rule| {
            rule.faults
                .iter()
                .map(move |f| format!("{} {}: {}", rule.code, f.test, f.message))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(report.passed());
    assert_eq!(
        report.rules.len(),
        Catalog::shipped()
            .unwrap()
            .all()
            .filter(|r| matches!(r.keeper, Keeper::File(_)))
            .count()
    );
    for rule in &report.rules {
        assert!(
            rule.not_covered.is_empty(),
            "{}: lines {:?} are never reached",
            rule.path,
            rule.not_covered
        );
        assert!(
            rule.tests >= 4 && rule.removals >= 2 && !rule.covered.is_empty(),
            "{rule:?}"
        );
    }
}
