using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>The state of a set before a run, with which the state afterwards is compared.</summary>
/// <param name="Check">The findings of the checks.</param>
/// <param name="Rows">The number of rows of each table of each storage.</param>
/// <param name="Copies">
/// The backup in which everything else can still be looked up; <see langword="null"/> if all of it was measured.
/// </param>
internal sealed record RunBaseline(
    SetCheck Check,
    IReadOnlyDictionary<IDatabaseStorage, IReadOnlyDictionary<string, long>> Rows,
    BackupSet? Copies
)
{
    /// <summary>The baseline of an empty set, or of one that is not validated.</summary>
    public static RunBaseline Nothing { get; } =
        new(SetCheck.Nothing, new Dictionary<IDatabaseStorage, IReadOnlyDictionary<string, long>>(), Copies: null);
}
