using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>The state of a set before a run, against which the state after it is judged.</summary>
/// <param name="Check">What the checks found.</param>
/// <param name="Rows">The number of rows of each table of each storage.</param>
internal sealed record RunBaseline(
    SetCheck Check,
    IReadOnlyDictionary<IDatabaseStorage, IReadOnlyDictionary<string, long>> Rows
)
{
    /// <summary>The state of a set that holds nothing, or that is not validated.</summary>
    public static RunBaseline Nothing { get; } =
        new(SetCheck.Nothing, new Dictionary<IDatabaseStorage, IReadOnlyDictionary<string, long>>());
}
