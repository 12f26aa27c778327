using System.Text.Json;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The first migration after those of an archive. EF generates what reverts it from the model of the migration before,
/// which is archived.
/// </summary>
/// <param name="json">What the archive's file says.</param>
internal sealed class NextMigration(JsonElement json)
{
    public string Version { get; } = CompiledReader.Text(json, "version");

    public string Checksum { get; } = CompiledReader.Text(json, "checksum");

    public IReadOnlyList<CompiledCommand> Down => CompiledReader.ReadCommands(CompiledReader.Get(json, "down"));
}
