namespace RagStudio.Data.SampleServerApp.Shop;

public sealed class Order
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public Mood Mood { get; set; }

    public Mood? Later { get; set; }

    public List<OrderLine> Lines { get; } = [];
}
