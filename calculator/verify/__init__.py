"""Machine checks: :func:`check_data` on the form of the law data, :func:`check_situations` on all it can answer."""

from calculator.verify.data import check_data
from calculator.verify.situations import Report, change_days, check_situations

__all__ = ["Report", "change_days", "check_data", "check_situations"]
