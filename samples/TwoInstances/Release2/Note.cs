namespace Notes;

internal sealed class Note
{
    public Guid Id { get; set; }

    public required string Text { get; set; }

    /// <summary>New in release 2. Nullable: instances of release 1 go on to insert rows without it.</summary>
    public string? Tag { get; set; }
}
