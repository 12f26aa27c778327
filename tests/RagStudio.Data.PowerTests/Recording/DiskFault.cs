namespace RagStudio.Data.PowerTests.Recording;

/// <summary>Calls that fail.</summary>
/// <param name="Class">The kind of call.</param>
/// <param name="First">The first call that fails, from 1.</param>
/// <param name="Error">The error.</param>
/// <param name="Count">The number of failing calls; 0 for all from the first on.</param>
/// <param name="Name">The suffix of the affected paths; empty for all.</param>
internal sealed record DiskFault(FaultClass Class, int First, DiskError Error, int Count = 1, string Name = "")
{
    public override string ToString() =>
        $"{Class} {First}{(Count == 0 ? " and all after it" : "")} of {(Name.Length > 0 ? Name : "any file")} fails with {Error}";

    /// <summary>Formats it for the recorder.</summary>
    public string ToVariable() => FormattableString.Invariant($"{NameOf(Class)}:{First}:{Count}:{(int)Error}");

    private static string NameOf(FaultClass value) =>
        value switch
        {
            FaultClass.Sync => "sync",
            FaultClass.Write => "write",
            FaultClass.Rename => "rename",
            FaultClass.Unlink => "unlink",
            FaultClass.Truncate => "truncate",
            FaultClass.Create => "create",
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };
}
