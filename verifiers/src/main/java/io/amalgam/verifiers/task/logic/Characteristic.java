package io.amalgam.verifiers.task.logic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something in which the people of a zebra puzzle differ, in the order from which puzzles draw; the
 * name comes first and is in every puzzle.
 */
enum Characteristic {
  NAME(
      "Each person has a unique name",
      "alice|Alice",
      "arnold|Arnold",
      "bob|Bob",
      "carol|Carol",
      "david|David",
      "emily|Emily",
      "eric|Eric"),
  COLOR(
      "Each person has a favorite color",
      "blue|the person who loves blue",
      "brown|the person who loves brown",
      "purple|the person who loves purple",
      "white|the person who loves white",
      "yellow|the person who loves yellow",
      "green|the person whose favorite color is green",
      "red|the person whose favorite color is red"),
  NATIONALITY(
      "The people are of nationalities",
      "brit|the British person",
      "chinese|the Chinese",
      "dane|the Dane",
      "german|the German",
      "mexican|the Mexican",
      "norwegian|the Norwegian",
      "swede|the Swedish person"),
  ANIMAL(
      "The people keep different animals",
      "bird|the bird keeper",
      "cat|the cat lover",
      "dog|the dog owner",
      "fish|the fish enthusiast",
      "horse|the person who keeps horses",
      "pig|the pig owner",
      "rabbit|the rabbit owner"),
  DRINK(
      "Each person has a favorite drink",
      "boba tea|the boba tea drinker",
      "coffee|the coffee drinker",
      "water|the one who only drinks water",
      "milk|the person who likes milk",
      "root beer|the root beer lover",
      "tea|the tea drinker",
      "wine|the wine drinker"),
  CIGAR(
      "Everyone has a different favorite cigar",
      "dunhill|the Dunhill smoker",
      "prince|the Prince smoker",
      "pall mall|the person partial to Pall Mall",
      "blue master|the person who smokes Blue Master",
      "red eye|the person who smokes Red Eye",
      "yellow monster|the person who smokes Yellow Monster",
      "blends|the person who smokes many different blends"),
  FOOD(
      "Everyone has something different for lunch",
      "pizza|the person who is a pizza lover",
      "grilled cheese|the person who loves eating grilled cheese",
      "stir fry|the person who loves stir fry",
      "soup|the person who loves the soup",
      "spaghetti|the person who loves the spaghetti eater",
      "stew|the person who loves the stew",
      "sushi|the person who loves the sushi"),
  FLOWER(
      "They all have a different favorite flower",
      "daffodils|the person who loves a bouquet of daffodils",
      "carnations|the person who loves a carnations arrangement",
      "iris|the person who loves the boquet of iris",
      "lilies|the person who loves the boquet of lilies",
      "orchid|the person who loves the boquet of orchid",
      "roses|the person who loves the rose bouquet",
      "tulips|the person who loves the vase of tulips"),
  PHONE_MODEL(
      "People use different phone models",
      "google pixel 6|the person who uses a Google Pixel 6",
      "huawei p50|the person who uses a Huawei P50",
      "oneplus 9|the person who uses a OnePlus 9",
      "samsung galaxy s21|the person who uses a Samsung Galaxy S21",
      "sony xperia 5|the person who uses a Sony Xperia 5",
      "xiaomi mi 11|the person who uses a Xiaomi Mi 11",
      "iphone 13|the person who uses an iPhone 13"),
  CHILDREN(
      "Each mother is accompanied by their child",
      "billy|the person who is the mother of Billy",
      "timothy|the person who is the mother of Timothy",
      "alice|the person's child is named Alice",
      "bella|the person's child is named Bella",
      "fred|the person's child is named Fred",
      "meredith|the person's child is named Meredith",
      "samantha|the person's child is named Samantha"),
  SMOOTHIE(
      "Everyone has a favorite smoothie",
      "butterscotch|the Butterscotch smoothie drinker",
      "darkness|the Darkness smoothie drinker",
      "desert|the Desert smoothie lover",
      "dragonfruit|the Dragonfruit smoothie lover",
      "lemon|the Lemon smoothie lover",
      "life|the Life smoothie drinker",
      "lilac|the Lilac smoothie drinker");

  private final String heading;
  private final List<Trait> traits;

  Characteristic(String heading, String... traits) {
    this.heading = heading;
    List<Trait> read = new ArrayList<>();
    for (String trait : traits) {
      int bar = trait.indexOf('|');
      read.add(new Trait(trait.substring(0, bar), trait.substring(bar + 1)));
    }
    read.sort(Comparator.comparing(Trait::phrase));
    this.traits = List.copyOf(read);
  }

  /** One value of a characteristic: as a word for lists and as a phrase for clues. */
  record Trait(String word, String phrase) {}

  /** What the list of values is called. */
  String heading() {
    return heading;
  }

  /** The values, sorted by phrase; a puzzle with fewer people takes the first ones. */
  List<Trait> traits() {
    return traits;
  }
}
