namespace RagStudio.Data;

/// <summary>A value of the application's configuration, identified by its key.</summary>
public sealed class Setting
{
    /// <summary>The id, assigned by the database on insertion.</summary>
    public long Id { get; init; }

    /// <summary>The unique key: dotted lower-case words such as <c>ingest.chunk_size</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The value as text, with a meaning known to the reader of the key.</summary>
    public required string Value { get; set; }

    /// <summary>The version of the value's own format; 1 unless it was ever changed.</summary>
    public int SchemaVersion { get; set; } = 1;

    /// <summary>The time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
