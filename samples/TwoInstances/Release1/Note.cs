namespace Notes;

internal sealed class Note
{
    public Guid Id { get; set; }

    public required string Text { get; set; }
}
