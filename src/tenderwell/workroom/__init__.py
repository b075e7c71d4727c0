"""Where people act: buyers, suppliers, evaluators; drafts and sealed things live here and nowhere else."""
