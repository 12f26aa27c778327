namespace RagStudio.Data.Benchmarks;

/// <summary>The source of a migration.</summary>
/// <param name="Id">Its id, in EF's format.</param>
/// <param name="Up">The statements of <c>Up</c>.</param>
/// <param name="Down">The statements of <c>Down</c>.</param>
/// <param name="TargetModel">The statements of <c>BuildTargetModel</c>.</param>
internal sealed record GeneratedMigration(string Id, string Up, string Down, string TargetModel)
{
    public string ClassName => Id[(Id.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
