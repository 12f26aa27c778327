namespace RagStudio.Data.Migrator;

/// <summary>A copy is not possible as it is. Nothing was changed.</summary>
public sealed class CopyRefusedException : MigrationException
{
    internal CopyRefusedException(
        string reason,
        IReadOnlyList<CopyMisfit>? misfits = null,
        IReadOnlyList<ValidationReport>? reports = null
    )
        : base(MigrationPhase.Plan, DataState.Unchanged, $"{reason} Nothing was changed.") =>
        (Misfits, Reports) = (misfits ?? [], reports ?? []);

    /// <summary>The values that the target cannot hold; empty if it was refused for another reason.</summary>
    public IReadOnlyList<CopyMisfit> Misfits { get; }

    /// <summary>The errors in the source; empty if it was refused for another reason.</summary>
    public IReadOnlyList<ValidationReport> Reports { get; }

    internal static CopyRefusedException NotFitting(IReadOnlyList<CopyMisfit> misfits) =>
        new($"The target cannot hold everything: {string.Join("; ", misfits.Select(Describe))}.", misfits);

    private static string Describe(CopyMisfit misfit) =>
        $"{misfit.Table}.{misfit.Column} {misfit.Reason} in {misfit.Count} row(s): {string.Join(", ", misfit.Rows)}"
        + (misfit.Count > misfit.Rows.Count ? ", …" : "");
}
