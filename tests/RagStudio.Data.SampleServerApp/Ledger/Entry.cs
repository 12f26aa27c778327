namespace RagStudio.Data.SampleServerApp.Ledger;

public sealed class Entry
{
    public Guid Id { get; set; }

    public string[] Tags { get; set; } = [];

    public string Comment { get; set; } = "";

    public DateOnly Day { get; set; }
}
