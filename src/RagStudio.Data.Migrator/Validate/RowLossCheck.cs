using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Finds the rows that a run removed without a declaration or consent.</summary>
internal static class RowLossCheck
{
    public const string Check = "rows preserved";

    /// <param name="lost">The losses in one storage.</param>
    /// <param name="allowed">The allowed losses.</param>
    public static IReadOnlyList<ValidationFinding> Find(IEnumerable<RowLoss> lost, AllowedRows allowed)
    {
        var errors =
            from loss in lost
            let announced = allowed.CountFor(loss)
            where loss.Rows > announced
            select (loss.Original, loss.Rows, Error: Describe(loss, announced, allowed.IsReverting(loss)));
        return
        [
            .. errors
                .GroupBy(error => error.Original)
                .Select(table => new ValidationFinding(
                    Check,
                    ValidationErrorKind.LostRows,
                    table.Key,
                    table.Sum(error => error.Rows),
                    [.. table.Select(error => error.Error).Take(ValidationFinding.MaxNamed)]
                )),
        ];
    }

    private static ValidationError Describe(RowLoss loss, long announced, bool isReverting) =>
        new(
            ValidationErrorKind.LostRows,
            loss.Original,
            null,
            (
                loss.IsGone
                    ? $"the table '{loss.Original}' is gone with its {loss.Rows} row(s)"
                    : $"'{loss.Original}' has lost {loss.Rows} row(s)"
            )
                + (announced == 0 ? ", and no migration declared it" : $", and {announced} were declared")
                + (
                    loss.Version is null
                        ? " (it happened after the migrations, as by seeding)"
                        : Remedy(loss, isReverting)
                )
        );

    private static string Remedy(RowLoss loss, bool isReverting) =>
        $". {loss.Version} removed them. If that is intended, declare [RemovesRows(\"{loss.Original}\", AtMost = {loss.Rows})] on it, or allow it "
        + (
            isReverting
                ? "for the rollback, by --allow-destructive or AllowDestructive"
                : $"for this migration and table only, by --allow-destructive \"{loss.Version}/{loss.Original}\" or DestructiveConsents"
        );
}
