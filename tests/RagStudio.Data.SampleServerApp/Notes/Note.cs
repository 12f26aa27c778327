namespace RagStudio.Data.SampleServerApp.Notes;

public sealed class Note
{
    public int Id { get; set; }

    public bool IsRead { get; set; }

    public string LongText { get; set; } = "";
}
