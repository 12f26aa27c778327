namespace RagStudio.Data.SampleServerApp.Shop;

public enum Mood
{
    Sad,
    Happy,
    Calm,
}
