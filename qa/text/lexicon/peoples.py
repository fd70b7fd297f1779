"""Peoples and their countries, as rows: adjective, the people in the plural, country, abbreviation."""

from __future__ import annotations

from dataclasses import dataclass

from qa.text.lexicon.build import table


@dataclass(frozen=True, slots=True)
class People:
    """``adjective`` ("Russian"), ``people`` ("Russians"), ``country`` ("Russia"), and the abbreviation that
    stands for the adjective ("US"), or ""."""

    adjective: str
    people: str
    country: str
    short: str = ""


PEOPLES: tuple[People, ...] = tuple(
    People(*row)
    for row in table(
        """
        Afghan | Afghans | Afghanistan
        African | Africans | Africa
        Albanian | Albanians | Albania
        Algerian | Algerians | Algeria
        American | Americans | United States | US
        Arab | Arabs | Arabia
        Argentine | Argentines | Argentina
        Armenian | Armenians | Armenia
        Asian | Asians | Asia
        Australian | Australians | Australia
        Austrian | Austrians | Austria
        Azerbaijani | Azerbaijanis | Azerbaijan
        Bangladeshi | Bangladeshis | Bangladesh
        Belarusian | Belarusians | Belarus
        Belgian | Belgians | Belgium
        Bolivian | Bolivians | Bolivia
        Bosnian | Bosnians | Bosnia
        Brazilian | Brazilians | Brazil
        British | Britons | Britain | UK
        Bulgarian | Bulgarians | Bulgaria
        Canadian | Canadians | Canada
        Chilean | Chileans | Chile
        Chinese | Chinese | China
        Colombian | Colombians | Colombia
        Croatian | Croats | Croatia
        Cuban | Cubans | Cuba
        Czech | Czechs | Czechia
        Danish | Danes | Denmark
        Dutch | Dutch | Netherlands
        Egyptian | Egyptians | Egypt
        English | Englishmen | England
        Estonian | Estonians | Estonia
        Ethiopian | Ethiopians | Ethiopia
        European | Europeans | European Union | EU
        Finnish | Finns | Finland
        French | Frenchmen | France
        Georgian | Georgians | Georgia
        German | Germans | Germany
        Greek | Greeks | Greece
        Hungarian | Hungarians | Hungary
        Icelandic | Icelanders | Iceland
        Indian | Indians | India
        Indonesian | Indonesians | Indonesia
        Iranian | Iranians | Iran
        Iraqi | Iraqis | Iraq
        Irish | Irishmen | Ireland
        Israeli | Israelis | Israel
        Italian | Italians | Italy
        Japanese | Japanese | Japan
        Jordanian | Jordanians | Jordan
        Kazakh | Kazakhs | Kazakhstan
        Kenyan | Kenyans | Kenya
        Korean | Koreans | Korea
        Kurdish | Kurds | Kurdistan
        Latvian | Latvians | Latvia
        Lebanese | Lebanese | Lebanon
        Libyan | Libyans | Libya
        Lithuanian | Lithuanians | Lithuania
        Mexican | Mexicans | Mexico
        Moldovan | Moldovans | Moldova
        Moroccan | Moroccans | Morocco
        Nigerian | Nigerians | Nigeria
        Norwegian | Norwegians | Norway
        Pakistani | Pakistanis | Pakistan
        Palestinian | Palestinians | Palestine
        Peruvian | Peruvians | Peru
        Philippine | Filipinos | Philippines
        Polish | Poles | Poland
        Portuguese | Portuguese | Portugal
        Roman | Romans | Rome
        Romanian | Romanians | Romania
        Russian | Russians | Russia
        Saudi | Saudis | Saudi Arabia
        Scottish | Scots | Scotland
        Serbian | Serbs | Serbia
        Slovak | Slovaks | Slovakia
        Slovenian | Slovenes | Slovenia
        Somali | Somalis | Somalia
        Soviet | Soviets | Soviet Union
        Spanish | Spaniards | Spain
        Sudanese | Sudanese | Sudan
        Swedish | Swedes | Sweden
        Swiss | Swiss | Switzerland
        Syrian | Syrians | Syria
        Taiwanese | Taiwanese | Taiwan
        Thai | Thais | Thailand
        Tunisian | Tunisians | Tunisia
        Turkish | Turks | Turkey
        Ukrainian | Ukrainians | Ukraine
        Venezuelan | Venezuelans | Venezuela
        Vietnamese | Vietnamese | Vietnam
        Welsh | Welshmen | Wales
        Yemeni | Yemenis | Yemen
        """
    )
)
# Country -> what news also calls it or its government by.
SEATS = dict(
    table(
        """
        Afghanistan | Kabul
        Australia | Canberra
        Austria | Vienna
        Belarus | Minsk
        Belgium | Brussels
        Brazil | Brasilia
        Britain | London England Scotland Wales Westminster
        Canada | Ottawa
        China | Beijing
        Cuba | Havana
        Czechia | Prague
        Denmark | Copenhagen
        Egypt | Cairo
        European Union | Brussels Europe
        Finland | Helsinki
        France | Paris
        Georgia | Tbilisi
        Germany | Berlin
        Greece | Athens
        Hungary | Budapest
        India | Delhi
        Iran | Tehran
        Iraq | Baghdad
        Ireland | Dublin
        Israel | Jerusalem
        Italy | Rome
        Japan | Tokyo
        Kenya | Nairobi
        Korea | Seoul Pyongyang
        Lebanon | Beirut
        Libya | Tripoli
        Netherlands | Holland Hague
        Norway | Oslo
        Pakistan | Islamabad
        Palestine | Gaza
        Poland | Warsaw
        Portugal | Lisbon
        Russia | Moscow Kremlin
        Saudi Arabia | Riyadh
        Serbia | Belgrade
        Spain | Madrid
        Sweden | Stockholm
        Syria | Damascus
        Taiwan | Taipei
        Turkey | Ankara
        Ukraine | Kyiv
        United States | Washington America
        Venezuela | Caracas
        """
    )
)
SHORT = frozenset({p.short for p in PEOPLES if p.short} | {"UN", "U.S.", "U.K.", "U.N.", "E.U."})
ADJECTIVES = frozenset(p.adjective for p in PEOPLES)
NATIONS = frozenset(p.people for p in PEOPLES)


def is_adjective_of_a_people(word: str) -> bool:
    """Whether a word as printed narrows a noun by a people or a union of states ("Russian", "U.S.", "EU")."""
    return word in ADJECTIVES or word in SHORT
