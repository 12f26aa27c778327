namespace RagStudio.Data;

/// <summary>One value of the application's configuration, found by its key.</summary>
public sealed class Setting
{
    /// <summary>Given by the database when the row is inserted.</summary>
    public long Id { get; init; }

    /// <summary>Unique; dotted lower-case words such as <c>ingest.chunk_size</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The value as text; what it means is known to the reader of the key.</summary>
    public required string Value { get; set; }

    /// <summary>Version of the value's own format, 1 unless it was ever changed.</summary>
    public int SchemaVersion { get; set; } = 1;

    /// <summary>When the row was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
