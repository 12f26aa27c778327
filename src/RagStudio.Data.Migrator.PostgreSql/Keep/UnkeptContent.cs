using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>What a run drops and cannot keep.</summary>
/// <param name="Step">The migration that drops it.</param>
/// <param name="Content">What it is.</param>
/// <param name="Reason">Why it cannot be kept.</param>
/// <param name="Options">What to do about it.</param>
internal sealed record UnkeptContent(
    KeptStep Step,
    DroppedContent Content,
    string Reason,
    PostgreSqlDatabaseOptions Options
)
{
    private const string Option = $"{nameof(PostgreSqlDatabaseOptions)}.{nameof(PostgreSqlDatabaseOptions.UnkeptLoss)}";

    public string Describe() => $"{Content.DisplayName}, which cannot be kept for a way back: {Reason}";

    public RefusedStepException Refuse(string why, Exception? cause = null) =>
        new(Step.Version, $"it drops {Describe()}. {why}", cause);

    /// <summary>The refusal of the default policy, which names the others.</summary>
    public RefusedStepException Refuse() =>
        Refuse(
            $"Remove the cause, or have it in a backup that the run makes or demands first: set {Option} to {nameof(UnkeptLossPolicy.Dump)}, {nameof(UnkeptLossPolicy.RestorePoint)} or {nameof(UnkeptLossPolicy.External)}, or use --unkept-loss dump or restore-point. {nameof(UnkeptLossPolicy.LoseForever)}, or --unkept-loss lose-forever, accepts the loss."
        );
}
