namespace RagStudio.Data.PowerTests.Recording;

/// <summary>Calls that fail.</summary>
/// <param name="Class">Which kind of call.</param>
/// <param name="First">The first that fails, from 1.</param>
/// <param name="Error">With what.</param>
/// <param name="Count">How many fail; 0 for all from the first on.</param>
/// <param name="Name">The end of the paths that it meets; empty for all.</param>
internal sealed record DiskFault(FaultClass Class, int First, DiskError Error, int Count = 1, string Name = "")
{
    public override string ToString() =>
        $"{Class} {First}{(Count == 0 ? " and all after it" : "")} of {(Name.Length > 0 ? Name : "any file")} fails with {Error}";

    /// <summary>As the recorder reads it.</summary>
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
