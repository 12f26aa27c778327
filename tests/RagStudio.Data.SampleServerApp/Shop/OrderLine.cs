namespace RagStudio.Data.SampleServerApp.Shop;

public sealed class OrderLine
{
    public long Id { get; set; }

    public long OrderId { get; set; }

    public decimal Amount { get; set; }

    public DateTimeOffset At { get; set; }
}
