"""A report -> JUnit XML: a test for each threshold and each case.

What fails a run is a failure; a case that is wrong and was wrong before is skipped, with the
reason. Of `test` there is one entry, unless its cases were revealed.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from eval.report import CaseReport, Report
from eval.tables import percent


def to_junit(report: Report) -> str:
    """Return the XML."""
    root = ET.Element("testsuites", name="eval")
    _thresholds(root, report)
    _cases(root, report)
    for suite in root:
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _thresholds(root: ET.Element, report: Report) -> None:
    suite = ET.SubElement(root, "testsuite", name="thresholds")
    short = {s.name: s for s in report.verdict.shortfalls}
    for name, figure in report.figures.items():
        test = ET.SubElement(suite, "testcase", classname="eval.thresholds", name=name)
        if name in short:
            message = f"{percent(figure.value)} < {percent(short[name].least)}"
            ET.SubElement(test, "failure", message=message)


def _cases(root: ET.Element, report: Report) -> None:
    suite = ET.SubElement(root, "testsuite", name="cases")
    for case in report.cases:
        test = ET.SubElement(
            suite,
            "testcase",
            classname=f"eval.{case.file}",
            name=case.id,
            time=f"{case.ms / 1000:.3f}",
        )
        if case.turned_wrong:
            ET.SubElement(test, "failure", message=_message(case)).text = case.answer.get("text")
        elif not case.right:
            ET.SubElement(test, "skipped", message=f"wrong in the baseline too: {_message(case)}")
    shown = {case.id for case in report.cases}
    hidden = [id_ for id_ in report.verdict.turned_wrong if id_ not in shown]
    for id_ in hidden:
        test = ET.SubElement(suite, "testcase", classname="eval.test", name=id_)
        ET.SubElement(test, "failure", message="right in the baseline, wrong now")


def _message(case: CaseReport) -> str:
    return f"{case.question[:200]} → {case.answer.get('kind', '')}, wanted {case.wanted_kind}"
