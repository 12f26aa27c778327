namespace RagStudio.Data.Migrator.Plan;

/// <summary>Asks what becomes of triggers, and of views and triggers that mention a table, when that is dropped or rebuilt.</summary>
internal sealed class MentionLint(PlannedSchema schema, PlanQuestions questions)
{
    public void CreateTrigger(PlannedTable table, string trigger)
    {
        questions.Withdraw(q => q.Kind == PlanFindingKind.LostTrigger && PlanQuestions.IsAbout(q, trigger));
        table.Triggers.Add(trigger);
    }

    public void DropTrigger(string trigger)
    {
        questions.Withdraw(q =>
            q is { Kind: PlanFindingKind.BrokenTrigger, IsRebuild: false } && PlanQuestions.IsAbout(q, trigger)
        );
        schema.DropTrigger(trigger);
    }

    public void DropView(string view)
    {
        questions.Withdraw(q =>
            q is { Kind: PlanFindingKind.BrokenView, IsRebuild: false } && PlanQuestions.IsAbout(q, view)
        );
        schema.DropView(view);
    }

    /// <summary>A trigger names its table's columns by <c>new.</c> and <c>old.</c>, which the definition has with spaces between.</summary>
    public void AskLostTriggers(PlannedTable table, bool isRebuild)
    {
        foreach (var trigger in table.Triggers)
        {
            var definition = schema.DefinitionOf(trigger) ?? "";
            var unfit = table.FindDropped(column =>
                PlannedSchema.Mentions(definition, $"new . {column}")
                || PlannedSchema.Mentions(definition, $"old . {column}")
            );
            questions.Ask(
                PlanFindingKind.LostTrigger,
                table,
                q => q with { What = trigger, IsRebuild = isRebuild, Unfit = unfit }
            );
        }
        table.Triggers.Clear();
    }

    public void AskLostIndexes(PlannedTable table, Func<string, bool> isOfEF)
    {
        foreach (var index in table.Indexes.Where(index => !isOfEF(index.Name!)))
        {
            var unfit = table.FindDropped(column =>
                index.Columns.Append(index.Filter ?? "").Any(text => PlannedSchema.Mentions(text, column))
            );
            questions.Ask(
                PlanFindingKind.LostIndex,
                table,
                q => q with { What = index.Name, IsRebuild = true, Unfit = unfit }
            );
        }
    }

    public void AskMentions(PlannedTable table, bool isRebuild)
    {
        foreach (var view in schema.ViewsOn(table))
        {
            questions.Ask(PlanFindingKind.BrokenView, table, q => q with { What = view, IsRebuild = isRebuild });
        }
        foreach (var trigger in schema.TriggersOn(table))
        {
            questions.Ask(PlanFindingKind.BrokenTrigger, table, q => q with { What = trigger, IsRebuild = isRebuild });
        }
    }
}
