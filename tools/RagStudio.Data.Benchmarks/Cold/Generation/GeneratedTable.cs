using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>A table as left by the migrations so far.</summary>
internal sealed class GeneratedTable(Engine engine, int number, GeneratedTable? parent)
{
    public Engine Engine => engine;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"items_{number:000}");

    public string Entity { get; } = string.Create(CultureInfo.InvariantCulture, $"Item{number:000}");

    /// <summary>The table that its rows belong to.</summary>
    public GeneratedTable? Parent { get; } = parent;

    /// <summary>The columns besides <c>Id</c> and <c>ParentId</c>.</summary>
    public List<GeneratedColumn> Columns { get; } =
    [
        new("Name", "string", Required: true),
        new("Description", "string", Required: false),
        new("Content", "string", Required: false),
        new("Position", "int", Required: true),
        new("Weight", "double", Required: false),
        new("CreatedAt", "DateTime", Required: true),
        new("UpdatedAt", "DateTime", Required: false),
    ];

    /// <summary>The indexed columns.</summary>
    public List<string> Indexes { get; } = [];

    public string IndexName(string column) => $"IX_{Name}_{column}";
}
