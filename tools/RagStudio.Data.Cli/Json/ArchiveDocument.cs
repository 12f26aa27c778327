namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>archive</c>.</summary>
/// <param name="Name">The database's name.</param>
/// <param name="Before">The oldest migration that stays in the project.</param>
/// <param name="Archived">The ids of the migrations that are taken out of the project, in order.</param>
/// <param name="File">The full path of the archive; <see langword="null"/> if there was nothing to archive.</param>
/// <param name="Deleted">The full paths of the source files that were deleted, or would be.</param>
/// <param name="Proved">
/// True if the archived SQL was run in an empty database and has created the schema that the migrations create; false if
/// that needs a server, or nothing was written.
/// </param>
/// <param name="DryRun">True if nothing was changed.</param>
internal sealed record ArchiveDocument(
    string Name,
    string Before,
    IReadOnlyList<string> Archived,
    string? File,
    IReadOnlyList<string> Deleted,
    bool Proved,
    bool DryRun
);
